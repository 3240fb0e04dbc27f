PREFIX = "Access-Control-"
ALLOW_ORIGIN = f"{PREFIX}Allow-Origin"
ALLOW_METHODS = PREFIX + "Allow-Methods"
CREDENTIALS = "%sAllow-Credentials" % PREFIX


def handler(event, context):
    headers = {}
    headers[ALLOW_ORIGIN] = "https://shop.example.com"
    if event["httpMethod"] == "OPTIONS":
        headers[ALLOW_METHODS] = ",".join(["GET", "POST"])
        return {"statusCode": 204, "headers": {**headers, CREDENTIALS: "true"}}
    return {"statusCode": 200, "headers": headers}
