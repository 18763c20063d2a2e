import type { Clock } from "../clock/clock.ts";
import type { FreshValues } from "../sample/fresh-values.ts";
import type { Lives } from "../spec/lives.ts";
import { observedStore } from "../store/observed-store.ts";
import { DELIVERIES, kindOf } from "../store/owner.ts";
import type { Store } from "../store/store.ts";
import { type AutoMoves, autoMoves } from "./auto-moves.ts";
import { type Events, UNHEARD } from "./events.ts";
import { type KnownResource, knownResource } from "./known-resource.ts";
import { makeMove } from "./make-move.ts";
import type { World } from "./plan-move.ts";

/** Milliseconds until a resource makes the automatic moves that its request caused. */
const PAUSE = 1_000;

interface LivingOptions {
  readonly clock: Clock;
  readonly store: Store;
  /** Whether resources make their usual moves automatically. */
  readonly auto: boolean;
  /** The spec currently in use. */
  readonly served: () => { readonly lives: Lives; readonly fresh: FreshValues };
}

/** The life of a mock's resources. */
export class Living {
  /** The store, with every change observed. */
  readonly store: Store;
  readonly #options: LivingOptions;
  readonly #auto: AutoMoves | undefined;
  #events: Events = UNHEARD;

  constructor(options: LivingOptions) {
    const { clock, store } = options;
    this.#options = options;
    const auto = options.auto ? autoMoves(clock, () => this.world()) : undefined;
    this.#auto = auto;
    this.store = auto === undefined ? store : observedStore(store, (changes) => auto.changed(changes));
  }

  readonly events: Events = {
    isHeard: () => this.#events.isHeard(),
    write: (fired) => this.#events.write(fired),
  };

  /** Sends events from now on. */
  tellOf(events: Events): void {
    this.#events = events;
  }

  /** What a move needs. @param resources observed or not */
  world(resources: Store["resources"] = this.#options.store.resources): World {
    return { ...this.#options.served(), resources, events: this.#events };
  }

  /**
   * Makes a move of a resource, as somebody else would in production. Returns the resource after it.
   * @throws Refusal if the move cannot be made.
   */
  async move(id: string, move: string): Promise<KnownResource> {
    const world = this.world();
    const { kept, changes } = await makeMove(world, id, move);
    this.#auto?.changed(changes);
    return knownResource(world.lives, kept);
  }

  /** Makes moves of a resource automatically after a while, as far as its states allow. */
  moveLater(id: string, moves: readonly string[]): void {
    const makeAll = async () => {
      // A resource that has moved elsewhere or was removed is no reason to stop.
      for (const move of moves) await this.move(id, move).catch(() => {});
    };
    const { clock } = this.#options;
    clock.at(clock.now() + PAUSE, () => void makeAll());
  }

  /** All resources, from the newest to the oldest of each kind. @param isWanted filters by owner */
  async resources(isWanted: (owner: string) => boolean): Promise<readonly KnownResource[]> {
    const { lives } = this.#options.served();
    const all = await this.store.resources.all();
    return all
      .filter(({ owner }) => kindOf(owner) !== DELIVERIES && isWanted(owner))
      .map((kept) => knownResource(lives, kept));
  }

  /** Cancels all planned moves. */
  clear(): void {
    this.#auto?.clear();
  }
}
