ALLOWED = ["https://shop.example.com", "https://admin.example.com"]


def handler(event, context):
    origin = event["headers"].get("origin")
    try:
        allowed = ALLOWED[ALLOWED.index(origin)]
    except ValueError:
        allowed = ALLOWED[0]
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": allowed}}
