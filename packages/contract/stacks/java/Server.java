import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.*;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A correct server of the API with the JDK's HTTP server, Jackson and networknt's validator. PLAUSIBLE=1 adds rules that
 * servers with real data have.
 */
public class Server {
  static final ObjectMapper JSON = new ObjectMapper()
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  static final boolean PLAUSIBLE = System.getenv("PLAUSIBLE") != null;
  static final Map<String, String> ACCOUNTS = Map.of("client", "secret", "other", "secret-2");
  static final Map<String, List<ObjectNode>> made = new HashMap<>();
  static final Map<String, ObjectNode> keys = new HashMap<>();
  static final Map<String, Integer> deliveries = new HashMap<>();
  static final List<Route> routes = new ArrayList<>();

  record Request(String account, Map<String, String> query, Matcher path, HttpExchange exchange) {}

  record Reply(int status, JsonNode body) {}

  interface Handler {
    Reply handle(Request request) throws IOException;
  }

  record Route(String method, Pattern path, Handler handler) {}

  static class Refusal extends RuntimeException {
    final int status;

    Refusal(int status, String message) {
      super(message);
      this.status = status;
    }
  }

  public static void main(String[] args) throws IOException {
    JsonNode spec = JSON.readTree(Files.readString(Path.of(System.getenv("SPEC"))));
    String text = JSON.writeValueAsString(spec);
    JsonSchemaFactory factory = JsonSchemaFactory.getInstance(
        SpecVersion.VersionFlag.V202012,
        builder -> builder.schemaLoaders(loaders -> loaders.schemas(Map.of("https://stack.example/openapi.json", text))));
    Function<String, JsonSchema> schemaOf = path -> factory.getSchema(
        SchemaLocation.of("https://stack.example/openapi.json#/paths/" + path.replace("/", "~1")
            + "/post/requestBody/content/application~1json/schema"),
        SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
    create("/v2/payout-links", "links", schemaOf, Server::link);
    create("/v2/payouts/send-payout", "links", schemaOf, Server::link);
    create("/v2/payout-requests", "requests", schemaOf, Server::request);
    list("/v2/payout-links", "links");
    list("/v2/payout-requests", "requests");
    list("/v2/transfers", "transfers");
    route("DELETE", "/v2/payout-links/([^/]+)", request -> cancel(find("links", request)));
    route("POST", "/v2/payout-links/([^/]+)/redeliver", request -> redeliver(find("links", request)));
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(System.getenv("PORT"))), 200);
    server.createContext("/", Server::serve);
    server.setExecutor(Executors.newFixedThreadPool(32));
    server.start();
    System.out.println("http://127.0.0.1:" + server.getAddress().getPort());
  }

  static void route(String method, String path, Handler handler) {
    routes.add(new Route(method, Pattern.compile(path), handler));
  }

  static void serve(HttpExchange exchange) throws IOException {
    Reply reply;
    try {
      reply = dispatch(exchange);
    } catch (Refusal refusal) {
      reply = new Reply(refusal.status, message(refusal.getMessage()));
    } catch (RuntimeException | StackOverflowError error) {
      reply = new Reply(500, message("Something went wrong."));
    }
    byte[] bytes = JSON.writeValueAsBytes(reply.body);
    exchange.getResponseHeaders().set("content-type", "application/json");
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(reply.status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  static Reply dispatch(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    List<Route> there = routes.stream().filter(route -> route.path.matcher(path).matches()).toList();
    if (there.isEmpty()) throw new Refusal(404, "There is nothing here.");
    Optional<Route> route = there.stream().filter(one -> one.method.equals(exchange.getRequestMethod())).findFirst();
    if (route.isEmpty()) {
      exchange.getResponseHeaders().set("allow", there.stream().map(Route::method).collect(Collectors.joining(", ")));
      throw new Refusal(405, "Not with this method.");
    }
    Matcher matcher = route.get().path.matcher(path);
    matcher.matches();
    return route.get().handler.handle(new Request(login(exchange), query(exchange), matcher, exchange));
  }

  static String login(HttpExchange exchange) {
    String header = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("authorization"), "");
    if (header.toLowerCase().startsWith("basic ")) {
      try {
        String pair = new String(Base64.getDecoder().decode(header.substring(6)), StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        if (colon >= 0 && pair.substring(colon + 1).equals(ACCOUNTS.get(pair.substring(0, colon)))) {
          return pair.substring(0, colon);
        }
      } catch (IllegalArgumentException notBase64) {
        // It is refused like any other wrong credentials.
      }
    }
    exchange.getResponseHeaders().set("www-authenticate", "Basic realm=\"payouts\"");
    throw new Refusal(401, "The client ID or the API key is wrong.");
  }

  static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> values = new HashMap<>();
    for (String part : Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "").split("&")) {
      String[] pair = part.split("=", 2);
      if (pair.length == 2) values.put(pair[0], URLDecoder.decode(pair[1], StandardCharsets.UTF_8));
    }
    return values;
  }

  static JsonNode read(HttpExchange exchange, JsonSchema schema) throws IOException {
    String type = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("content-type"), "");
    if (!type.split(";")[0].strip().equalsIgnoreCase("application/json")) throw new Refusal(415, "JSON is needed.");
    JsonNode body;
    try {
      byte[] bytes = exchange.getRequestBody().readAllBytes();
      body = JSON.readTree(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException | com.fasterxml.jackson.core.JacksonException notJson) {
      throw new Refusal(400, "The body is not JSON.");
    }
    if (body == null || body.isMissingNode()) throw new Refusal(400, "A body is needed.");
    if (!schema.validate(body).isEmpty()) throw new Refusal(400, "The body does not fit its schema.");
    return body;
  }

  static void create(String path, String kind, Function<String, JsonSchema> schemaOf, Function<JsonNode, ObjectNode> make) {
    JsonSchema schema = schemaOf.apply(path);
    route("POST", path, request -> {
      JsonNode body = read(request.exchange, schema);
      synchronized (made) {
        JsonNode given = body.path("idempotency_key");
        String key = request.account + " " + path + " " + given.asText().toLowerCase();
        if (given.isTextual() && keys.containsKey(key)) return new Reply(201, keys.get(key));
        if (PLAUSIBLE) requirePlausible(body);
        ObjectNode resource = make.apply(body);
        made.computeIfAbsent(kind, unused -> new ArrayList<>()).add(0, resource);
        if (given.isTextual()) keys.put(key, resource);
        return new Reply(201, resource);
      }
    });
  }

  static ObjectNode base(JsonNode body, String... names) {
    ObjectNode resource = JSON.createObjectNode();
    resource.put("id", UUID.randomUUID().toString()).put("created", Instant.now().toString()).put("status", "created");
    for (String name : names) if (body.has(name)) resource.set(name, body.get(name));
    return resource;
  }

  static ObjectNode link(JsonNode body) {
    ObjectNode link = base(body, "amount", "payee", "tax_exempt", "memo", "description", "metadata", "accounting_data",
        "funding_source");
    link.put("link", "https://links.example.com/" + UUID.randomUUID()).put("flow_id", UUID.randomUUID().toString());
    if (body.path("delivery").has("method")) {
      link.putObject("delivery").set("method", body.get("delivery").get("method"));
    }
    return link;
  }

  static ObjectNode request(JsonNode body) {
    ObjectNode request = base(body, "amount", "payee", "metadata", "memo");
    if (body.has("user_id")) request.putObject("user").set("id", body.get("user_id"));
    return request;
  }

  static void list(String path, String kind) {
    route("GET", path, request -> {
      synchronized (made) {
        List<ObjectNode> all = made.getOrDefault(kind, List.of());
        String limit = request.query.getOrDefault("limit", "10");
        String after = request.query.get("starting_after");
        String before = request.query.get("ending_before");
        if (!limit.matches("[1-9]\\d?|100")) throw new Refusal(400, "limit is between 1 and 100");
        if (after != null && before != null) throw new Refusal(400, "one cursor at a time");
        int size = Integer.parseInt(limit);
        int at = -1;
        String cursor = after != null ? after : before;
        for (int index = 0; index < all.size(); index++) if (all.get(index).get("id").asText().equals(cursor)) at = index;
        if (cursor != null && at < 0) throw new Refusal(400, "the cursor belongs to nothing");
        int start = before != null ? Math.max(0, at - size) : at + 1;
        int end = before != null ? at : Math.min(all.size(), start + size);
        ObjectNode page = JSON.createObjectNode().put("has_more", before != null ? start > 0 : end < all.size());
        page.putArray("data").addAll(all.subList(start, end));
        return new Reply(200, page);
      }
    });
    route("GET", path + "/([^/]+)", request -> new Reply(200, find(kind, request)));
  }

  static ObjectNode find(String kind, Request request) {
    synchronized (made) {
      return made.getOrDefault(kind, List.of()).stream()
          .filter(one -> one.get("id").asText().equals(request.path.group(1)))
          .findFirst()
          .orElseThrow(() -> new Refusal(404, "There is no such thing."));
    }
  }

  static Reply cancel(ObjectNode link) {
    synchronized (made) {
      if (link.get("status").asText().equals("canceled")) throw new Refusal(409, "The link is canceled already.");
      return new Reply(200, link.put("status", "canceled"));
    }
  }

  static Reply redeliver(ObjectNode link) {
    synchronized (made) {
      int count = deliveries.merge(link.get("id").asText(), 1, Integer::sum);
      if (count > 4) throw new Refusal(400, "A link is delivered five times at most.");
      ObjectNode body = JSON.createObjectNode().put("redelivered", true);
      return new Reply(200, body.set("payout_link", link));
    }
  }

  static void requirePlausible(JsonNode body) {
    JsonNode payee = body.path("payee");
    require(body.path("user_id").asText("9b2d7f4e-62c1-4d0e-8a43-6f1f0f5c2a90")
        .equalsIgnoreCase("9b2d7f4e-62c1-4d0e-8a43-6f1f0f5c2a90"), 404, "There is no such user.");
    require(payee.path("phone_number").asText("2025550139").matches("[0-9]{6,14}"), 400, "That is no phone number.");
    require(payee.path("country_code").asText("1").matches("[0-9]{1,3}"), 400, "That is no country code.");
    require(payee.path("email").asText("a@b.example").matches("[^@\\s]+@[^@\\s]+\\.[^@\\s]+"), 400, "That is no address.");
    require(body.path("amount").asDouble() <= 5_000_000, 422, "That is above the limit of the account.");
    require(body.path("memo").asText("").length() <= 255, 400, "The memo is too long.");
    require(body.path("metadata").toString().length() <= 1_000, 400, "The metadata is too long.");
  }

  static void require(boolean holds, int status, String message) {
    if (!holds) throw new Refusal(status, message);
  }

  static JsonNode message(String text) {
    return JsonNodeFactory.instance.objectNode().put("message", text);
  }
}
