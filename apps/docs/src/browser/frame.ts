// Redoc keeps the reader's choice of light or dark under this key, and reads it there: so one choice holds everywhere.
const KEY = "redoc.colorMode";

const root = document.documentElement;

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // Storage is switched off. Then the system's choice is all there is.
    return null;
  }
}

function apply(mode: string): void {
  root.classList.toggle("dark", mode === "dark");
  root.classList.toggle("light", mode === "light");
}

const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
apply(stored() ?? system);

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || event.target.closest("[data-theme-switch]") === null) return;
  const mode = root.classList.contains("dark") ? "light" : "dark";
  apply(mode);
  try {
    localStorage.setItem(KEY, mode);
  } catch {
    // The choice then lasts as long as the page.
  }
});

// Where the fragment of the URL says what is shown, the link to the content may not change it.
document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element) || event.target.closest(".skip") === null) return;
  event.preventDefault();
  document.getElementById("content")?.focus();
});
