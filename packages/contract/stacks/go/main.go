// A correct server of the API with net/http and santhosh-tekuri/jsonschema. PLAUSIBLE=1 adds rules that servers with
// real data have.
package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

type object = map[string]any

type problem struct {
	status  int
	message string
}

var (
	mutex      sync.Mutex
	resources  = map[string][]object{}
	keys       = map[string]object{}
	deliveries = map[string]int{}
	accounts   = map[string]string{"client": "secret", "other": "secret-2"}
	plausible  = os.Getenv("PLAUSIBLE") != ""
	compiler   = jsonschema.NewCompiler()
)

func main() {
	file, err := os.Open(os.Getenv("SPEC"))
	must(err)
	spec, err := jsonschema.UnmarshalJSON(file)
	must(err)
	compiler.AssertFormat()
	must(compiler.AddResource("https://stack.example/openapi.json", spec))
	mux := http.NewServeMux()
	create(mux, "/v2/payout-links", "links", makeLink)
	create(mux, "/v2/payouts/send-payout", "links", makeLink)
	create(mux, "/v2/payout-requests", "requests", makeRequest)
	list(mux, "/v2/payout-links", "links")
	list(mux, "/v2/payout-requests", "requests")
	list(mux, "/v2/transfers", "transfers")
	mux.HandleFunc("DELETE /v2/payout-links/{id}", known("links", cancel))
	mux.HandleFunc("POST /v2/payout-links/{id}/redeliver", known("links", redeliver))
	listener, err := net.Listen("tcp", "127.0.0.1:"+os.Getenv("PORT"))
	must(err)
	fmt.Println("http://" + listener.Addr().String())
	must(http.Serve(listener, withJSON(mux)))
}

// withJSON makes JSON of what net/http says itself where no route fits.
func withJSON(mux *http.ServeMux) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		handler, pattern := mux.Handler(r)
		if pattern != "" {
			mux.ServeHTTP(w, r)
			return
		}
		recorder := &quiet{header: http.Header{}, status: http.StatusNotFound}
		handler.ServeHTTP(recorder, r)
		if allow := recorder.header.Get("Allow"); allow != "" {
			w.Header().Set("Allow", allow)
		}
		refuse(w, &problem{recorder.status, http.StatusText(recorder.status)})
	})
}

type quiet struct {
	header http.Header
	status int
}

func (q *quiet) Header() http.Header             { return q.header }
func (q *quiet) Write(bytes []byte) (int, error) { return len(bytes), nil }
func (q *quiet) WriteHeader(status int)          { q.status = status }

func create(mux *http.ServeMux, path, kind string, make func(object) object) {
	pointer := strings.ReplaceAll(path, "/", "~1")
	schema, err := compiler.Compile("https://stack.example/openapi.json#/paths/" + pointer + "/post/requestBody/content/application~1json/schema")
	must(err)
	mux.HandleFunc("POST "+path, func(w http.ResponseWriter, r *http.Request) {
		account, ok := login(w, r)
		if !ok {
			return
		}
		body, wrong := read(r, schema)
		if wrong != nil {
			refuse(w, wrong)
			return
		}
		mutex.Lock()
		defer mutex.Unlock()
		text, hasKey := body["idempotency_key"].(string)
		key := account + " " + path + " " + strings.ToLower(text)
		if made, ok := keys[key]; hasKey && ok {
			answer(w, 201, made)
			return
		}
		if wrong := implausible(body); plausible && wrong != nil {
			refuse(w, wrong)
			return
		}
		made := make(body)
		resources[kind] = append([]object{made}, resources[kind]...)
		if hasKey {
			keys[key] = made
		}
		answer(w, 201, made)
	})
}

func login(w http.ResponseWriter, r *http.Request) (string, bool) {
	name, password, ok := r.BasicAuth()
	if ok && password != "" && accounts[name] == password {
		return name, true
	}
	w.Header().Set("WWW-Authenticate", `Basic realm="payouts"`)
	refuse(w, &problem{401, "The client ID or the API key is wrong."})
	return "", false
}

func read(r *http.Request, schema *jsonschema.Schema) (object, *problem) {
	kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";")
	if strings.ToLower(strings.TrimSpace(kind)) != "application/json" {
		return nil, &problem{415, "JSON is needed."}
	}
	raw, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, 4_000_000))
	if err != nil || !utf8.Valid(raw) {
		return nil, &problem{400, "The body cannot be read."}
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return nil, &problem{400, "The body is not JSON."}
	}
	if err := schema.Validate(value); err != nil {
		return nil, &problem{400, "The body does not fit its schema."}
	}
	return value.(object), nil
}

func base(body object, names ...string) object {
	made := object{"id": uuid(), "created": time.Now().UTC().Format(time.RFC3339Nano), "status": "created"}
	for _, name := range append(names, "amount") {
		if value, ok := body[name]; ok {
			made[name] = value
		}
	}
	return made
}

func makeLink(body object) object {
	made := base(body, "payee", "tax_exempt", "memo", "description", "metadata", "accounting_data", "funding_source")
	made["link"] = "https://links.example.com/" + uuid()
	made["flow_id"] = uuid()
	if delivery, ok := body["delivery"].(object); ok && delivery["method"] != nil {
		made["delivery"] = object{"method": delivery["method"]}
	}
	return made
}

func makeRequest(body object) object {
	made := base(body, "payee", "metadata", "memo")
	if user, ok := body["user_id"]; ok {
		made["user"] = object{"id": user}
	}
	return made
}

func list(mux *http.ServeMux, path, kind string) {
	mux.HandleFunc("GET "+path, func(w http.ResponseWriter, r *http.Request) {
		if _, ok := login(w, r); !ok {
			return
		}
		mutex.Lock()
		defer mutex.Unlock()
		made := resources[kind]
		query := r.URL.Query()
		size := 10
		if query.Has("limit") {
			size, _ = strconv.Atoi(query.Get("limit"))
		}
		if size < 1 || size > 100 {
			refuse(w, &problem{400, "limit is between 1 and 100"})
			return
		}
		after, before := query.Get("starting_after"), query.Get("ending_before")
		if after != "" && before != "" {
			refuse(w, &problem{400, "one cursor at a time"})
			return
		}
		at := slices.IndexFunc(made, func(one object) bool { return one["id"] == after+before })
		if after+before != "" && at < 0 {
			refuse(w, &problem{400, "the cursor belongs to nothing"})
			return
		}
		start, end := 0, min(size, len(made))
		if after != "" {
			start, end = at+1, min(at+1+size, len(made))
		}
		more := end < len(made)
		if before != "" {
			start, end = max(0, at-size), at
			more = start > 0
		}
		answer(w, 200, object{"has_more": more, "data": append([]object{}, made[start:end]...)})
	})
	mux.HandleFunc("GET "+path+"/{id}", known(kind, func(w http.ResponseWriter, found object) { answer(w, 200, found) }))
}

// known finds the resource that a path names.
func known(kind string, handle func(http.ResponseWriter, object)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if _, ok := login(w, r); !ok {
			return
		}
		mutex.Lock()
		defer mutex.Unlock()
		for _, one := range resources[kind] {
			if one["id"] == r.PathValue("id") {
				handle(w, one)
				return
			}
		}
		refuse(w, &problem{404, "There is no such thing."})
	}
}

func cancel(w http.ResponseWriter, link object) {
	if link["status"] == "canceled" {
		refuse(w, &problem{409, "The link is canceled already."})
		return
	}
	link["status"] = "canceled"
	answer(w, 200, link)
}

func redeliver(w http.ResponseWriter, link object) {
	id := link["id"].(string)
	if deliveries[id] == 4 {
		refuse(w, &problem{400, "A link is delivered five times at most."})
		return
	}
	deliveries[id]++
	answer(w, 200, object{"payout_link": link, "redelivered": true})
}

var (
	phone   = regexp.MustCompile(`^[0-9]{6,14}$`)
	country = regexp.MustCompile(`^[0-9]{1,3}$`)
	email   = regexp.MustCompile(`^[^@\s]+@[^@\s]+\.[^@\s]+$`)
)

// implausible says why a server with real data would refuse a valid request.
func implausible(body object) *problem {
	if user, ok := body["user_id"].(string); ok && !strings.EqualFold(user, "9b2d7f4e-62c1-4d0e-8a43-6f1f0f5c2a90") {
		return &problem{404, "There is no such user."}
	}
	payee, _ := body["payee"].(object)
	for name, pattern := range map[string]*regexp.Regexp{"phone_number": phone, "country_code": country, "email": email} {
		if text, ok := payee[name].(string); ok && !pattern.MatchString(text) {
			return &problem{400, "That is no " + name + "."}
		}
	}
	if amount, _ := body["amount"].(json.Number).Float64(); amount > 5_000_000 {
		return &problem{422, "That is above the limit of the account."}
	}
	memo, _ := body["memo"].(string)
	metadata, _ := json.Marshal(body["metadata"])
	if len(memo) > 255 || len(metadata) > 1_000 {
		return &problem{400, "A text is too long."}
	}
	return nil
}

func answer(w http.ResponseWriter, status int, body any) {
	text, err := json.Marshal(body)
	must(err)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(text)
}

func refuse(w http.ResponseWriter, wrong *problem) {
	answer(w, wrong.status, object{"message": wrong.message})
}

func uuid() string {
	bytes := make([]byte, 16)
	_, _ = rand.Read(bytes)
	bytes[6], bytes[8] = bytes[6]&0x0f|0x40, bytes[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", bytes[:4], bytes[4:6], bytes[6:8], bytes[8:10], bytes[10:])
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
