from lib.respond import ok, respond


def listing(event):
    return ok([])


ROUTES = {("GET", "/orders"): listing, ("DELETE", "/orders"): lambda event: {"statusCode": 204}}


def handler(event, context):
    route = ROUTES.get((event["httpMethod"], event["path"]))
    if not route:
        return respond(404, "no route")
    return route(event)
