CORS = {"Access-Control-Allow-Origin": "*"}


class Endpoint:
    def __init__(self, headers):
        self.headers = headers

    def __call__(self, event, context):
        method = getattr(self, "do_" + event["httpMethod"].lower(), None)
        if method is None:
            return {"statusCode": 405, "headers": {}, "body": ""}
        return method(event)

    def do_get(self, event):
        if event["queryStringParameters"].get("way") == "missing":
            return self.answer(404)
        return self.answer(200, vary="Origin")

    def do_options(self, event):
        return self.answer(204)

    def answer(self, status, vary=None):
        headers = dict(self.headers)
        if vary:
            headers["Vary"] = vary
        return {"statusCode": status, "headers": headers, "body": ""}


handler = Endpoint(CORS)
