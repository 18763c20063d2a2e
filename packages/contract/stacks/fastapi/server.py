"""A correct server of the API with FastAPI and jsonschema. PLAUSIBLE=1 adds rules that servers with real data have."""

import base64
import json
import os
import re
import uuid
from datetime import datetime, timezone

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012
from starlette.exceptions import HTTPException
from starlette.routing import Match

with open(os.environ["SPEC"], encoding="utf-8") as file:
    SPEC = json.load(file)
REGISTRY = Registry().with_resource("spec:", Resource(contents=SPEC, specification=DRAFT202012))
ACCOUNTS = {"client": "secret", "other": "secret-2"}
USERS = {"9b2d7f4e-62c1-4d0e-8a43-6f1f0f5c2a90"}
PLAUSIBLE = "PLAUSIBLE" in os.environ
FORMATS = FormatChecker()


@FORMATS.checks("uuid")
def is_uuid(value):
    return not isinstance(value, str) or re.fullmatch(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", value) is not None


class Refusal(Exception):
    def __init__(self, status, message, headers=None):
        super().__init__(message)
        self.status, self.message, self.headers = status, message, headers


app = FastAPI(openapi_url=None)
links, requests, keys, deliveries = [], [], {}, {}


@app.exception_handler(Refusal)
async def refuse(_, error):
    return JSONResponse({"message": error.message}, error.status, error.headers)


@app.exception_handler(HTTPException)
async def refuse_route(request: Request, error):
    headers = error.headers
    if error.status_code == 405:
        # Each route knows its own method only, and RFC 9110 (section 15.5.6) asks for all that the path has.
        routes = [route for route in app.routes if route.matches(request.scope)[0] != Match.NONE]
        headers = {"allow": ", ".join(sorted({method for route in routes for method in route.methods}))}
    return JSONResponse({"message": error.detail}, error.status_code, headers)


def account(request: Request):
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    try:
        name, colon, password = base64.b64decode(token, validate=True).decode().partition(":")
    except ValueError:
        name, colon, password = "", "", ""
    if scheme.lower() != "basic" or colon == "" or ACCOUNTS.get(name) != password:
        raise Refusal(401, "The client ID or the API key is wrong.", {"www-authenticate": 'Basic realm="payouts"'})
    return name


def no_constant(name):
    raise ValueError(f"{name} is not JSON")


async def body_of(request: Request, validator):
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refusal(415, "JSON is needed.")
    try:
        text = (await request.body()).decode("utf-8")
        body = json.loads(text, parse_constant=no_constant)
        json.dumps(body, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "The body is not JSON.") from error
    try:
        broken = next(validator.iter_errors(body), None)
    except (RecursionError, OverflowError) as error:
        raise Refusal(400, "The body is too deep.") from error
    if broken is not None:
        raise Refusal(400, broken.message[:200])
    return body


def validator_for(path):
    pointer = path.replace("~", "~0").replace("/", "~1")
    schema = {"$ref": f"spec:#/paths/{pointer}/post/requestBody/content/application~1json/schema"}
    return Draft202012Validator(schema, registry=REGISTRY, format_checker=FORMATS)


def creates(path, make, made):
    validator = validator_for(path)

    @app.post(path, status_code=201)
    async def create(request: Request):
        name = account(request)
        body = await body_of(request, validator)
        key = body.get("idempotency_key")
        place = (name, path, key.lower()) if isinstance(key, str) else None
        if place is None or place not in keys:
            if PLAUSIBLE:
                require_plausible(body)
            resource = make(body)
            made.insert(0, resource)
            if place is not None:
                keys[place] = resource
        else:
            resource = keys[place]
        return JSONResponse(resource, 201)


def base(body, names):
    kept = {name: body[name] for name in ["amount", *names] if name in body}
    now = datetime.now(timezone.utc).isoformat().replace("+00:00", "Z")
    return {"id": str(uuid.uuid4()), "created": now, "status": "created", **kept}


def make_link(body):
    names = ["payee", "tax_exempt", "memo", "description", "metadata", "accounting_data", "funding_source"]
    method = body.get("delivery", {}).get("method")
    link = {"link": f"https://links.example.com/{uuid.uuid4()}", "flow_id": str(uuid.uuid4()), "claimed_user_id": None}
    return {**base(body, names), **link, **({"delivery": {"method": method}} if method is not None else {})}


def make_request(body):
    user = {"user": {"id": body["user_id"]}} if "user_id" in body else {}
    return {**base(body, ["payee", "metadata", "memo"]), **user}


creates("/v2/payout-links", make_link, links)
creates("/v2/payouts/send-payout", make_link, links)
creates("/v2/payout-requests", make_request, requests)


def find(made, wanted):
    for resource in made:
        if resource["id"] == wanted:
            return resource
    raise Refusal(404, "There is no such thing.")


def lists(path, made):
    @app.get(path)
    async def get_page(request: Request):
        account(request)
        query = request.query_params
        limit = query.get("limit", "10")
        after, before = query.get("starting_after"), query.get("ending_before")
        if not re.fullmatch(r"\d{1,3}", limit) or not 1 <= int(limit) <= 100:
            raise Refusal(400, "limit is between 1 and 100")
        if after is not None and before is not None:
            raise Refusal(400, "one cursor at a time")
        size, start, end = int(limit), 0, int(limit)
        if after is not None or before is not None:
            ids = [resource["id"] for resource in made]
            if (after or before) not in ids:
                raise Refusal(400, "the cursor belongs to nothing")
            at = ids.index(after or before)
            start, end = (at + 1, at + 1 + size) if after is not None else (max(0, at - size), at)
        more = start > 0 if before is not None else end < len(made)
        return JSONResponse({"has_more": more, "data": made[start:end]})

    @app.get(path + "/{wanted}")
    async def get_one(wanted: str, request: Request):
        account(request)
        return JSONResponse(find(made, wanted))


lists("/v2/payout-links", links)
lists("/v2/payout-requests", requests)
lists("/v2/transfers", [])


@app.delete("/v2/payout-links/{wanted}")
async def cancel(wanted: str, request: Request):
    account(request)
    link = find(links, wanted)
    if link["status"] == "canceled":
        raise Refusal(409, "The link is canceled already.")
    link["status"] = "canceled"
    return JSONResponse(link)


@app.post("/v2/payout-links/{wanted}/redeliver")
async def redeliver(wanted: str, request: Request):
    account(request)
    link = find(links, wanted)
    count = deliveries.get(wanted, 1) + 1
    if count > 5:
        raise Refusal(400, "A link is delivered five times at most.")
    deliveries[wanted] = count
    return JSONResponse({"payout_link": link, "redelivered": True})


def require_plausible(body):
    payee = body.get("payee", {})
    rules = [
        (body.get("user_id", "").lower() in {"", *USERS}, 404, "There is no such user."),
        (re.fullmatch(r"[0-9]{6,14}", payee.get("phone_number", "2025550139")), 400, "That is no phone number."),
        (re.fullmatch(r"[0-9]{1,3}", payee.get("country_code", "1")), 400, "That is no country code."),
        (re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", payee.get("email", "a@b.example")), 400, "That is no address."),
        (body["amount"] <= 5_000_000, 422, "That is above the limit of the account."),
        (len(body.get("memo", "")) <= 255, 400, "The memo is too long."),
        (len(json.dumps(body.get("metadata", ""))) <= 1_000, 400, "The metadata is too long."),
    ]
    for holds, status, message in rules:
        if not holds:
            raise Refusal(status, message)


if __name__ == "__main__":
    config = uvicorn.Config(app, host="127.0.0.1", port=int(os.environ.get("PORT", "0")), log_level="warning")
    uvicorn.Server(config).run()
