class cors:
    def __init__(self, origin):
        self.origin = origin

    def __call__(self, function):
        def wrapped(event, context):
            answer = function(event, context)
            answer.setdefault("headers", {})["Access-Control-Allow-Origin"] = self.origin
            return answer

        return wrapped


class caught:
    def __init__(self, function):
        self.function = function

    def __call__(self, event, context):
        try:
            return self.function(event, context)
        except (KeyError, ValueError) as error:
            return {"statusCode": 422, "headers": {}, "body": str(error)}


@cors("https://shop.example.com")
@caught
def handler(event, context):
    way = event["queryStringParameters"].get("way")
    if way == "boom":
        raise ValueError("boom")
    return {"statusCode": 404 if way == "missing" else 200, "body": ""}
