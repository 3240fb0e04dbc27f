from functools import wraps

ROUTES = {}
CORS = {"Access-Control-Allow-Origin": "*"}


def route(method, cors=True):
    def register(function):
        @wraps(function)
        def wrapped(event):
            status, body = function(event)
            return {"statusCode": status, "headers": CORS if cors else {}, "body": body}

        ROUTES[method] = wrapped
        return wrapped

    return register


@route("GET")
def read(event):
    if event["queryStringParameters"].get("way") == "missing":
        return 404, ""
    return 200, "[]"


@route("POST", cors=False)
def write(event):
    return 201, "{}"


def handler(event, context):
    function = ROUTES.get(event["httpMethod"])
    if function is None:
        return {"statusCode": 405, "headers": {"Vary": "Origin"}, "body": ""}
    return function(event)
