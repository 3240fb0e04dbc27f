class Controller:
    headers = {"Access-Control-Allow-Origin": "*"}

    def __call__(self, event, context):
        try:
            return self.run(event)
        except Exception as error:
            return self.fail(str(error))

    def ok(self, body):
        return {"statusCode": 200, "headers": self.headers, "body": body}

    def fail(self, message):
        return {"statusCode": 500, "body": message}


class Orders(Controller):
    def run(self, event):
        if event["queryStringParameters"].get("way") == "boom":
            raise ValueError("boom")
        return self.ok(event["path"])


handler = Orders()
