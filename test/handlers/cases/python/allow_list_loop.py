ALLOWED = ["https://shop.example.com", "https://admin.example.com"]


def handler(event, context):
    origin = event["headers"].get("origin", "")
    chosen = ALLOWED[0]
    for one in ALLOWED:
        if origin == one:
            chosen = one
            break
    return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": chosen}}
