BASE = {"Access-Control-Allow-Origin": "*"}


def handler(event, context):
    headers = BASE | {"Vary": "Origin"}
    if event["httpMethod"] == "OPTIONS":
        headers |= {"Access-Control-Allow-Headers": "content-type"}
    return dict(statusCode=200, headers=headers)
