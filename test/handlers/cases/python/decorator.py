import functools


def with_cors(origin):
    def decorate(function):
        @functools.wraps(function)
        def wrapper(event, context):
            reply = function(event, context)
            reply.setdefault("headers", {})["Access-Control-Allow-Origin"] = origin
            return reply

        return wrapper

    return decorate


@with_cors("https://shop.example.com")
def handler(event, context):
    if event["queryStringParameters"].get("way") == "missing":
        return {"statusCode": 404}
    return {"statusCode": 200, "headers": {"Vary": "Origin"}}
