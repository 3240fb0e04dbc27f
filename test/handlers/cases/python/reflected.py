def handler(event, context):
    headers = event.get("headers", {})
    return {
        "statusCode": 200,
        "headers": {
            "Access-Control-Allow-Origin": headers.get("origin", "*"),
            "Access-Control-Allow-Credentials": str(True),
        },
    }
