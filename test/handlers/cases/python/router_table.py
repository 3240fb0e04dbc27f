from lib.respond import ok, respond


def listing(event):
    return ok([])


def creation(event):
    return respond(201, event["body"])


def removal(event):
    return {"statusCode": 204}


ROUTES = {
    ("GET", "/orders"): listing,
    ("POST", "/orders"): creation,
}
VERBS = {"GET": listing, "POST": creation, "DELETE": removal}


def handler(event, context):
    route = VERBS.get(event["httpMethod"])
    if route is None:
        return respond(404, "no route")
    return route(event)
