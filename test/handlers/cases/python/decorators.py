from functools import wraps


def catching(function):
    @wraps(function)
    def wrapper(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except Exception as error:
            return {"statusCode": 500, "body": str(error)}

    return wrapper


def cors(function):
    def wrapper(event, context):
        reply = function(event, context)
        return {**reply, "headers": {**reply.get("headers", {}), "Access-Control-Allow-Origin": "*"}}

    return wrapper


@catching
@cors
def handler(event, context):
    if event["queryStringParameters"].get("way") == "boom":
        raise ValueError("boom")
    return {"statusCode": 200}
