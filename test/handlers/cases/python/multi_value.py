def handler(event, context):
    if event["httpMethod"] == "POST":
        return {
            "statusCode": 200,
            "headers": {"access-control-allow-origin": "*"},
            "multiValueHeaders": {"Access-Control-Allow-Origin": ["*"]},
        }
    return {"statusCode": 200, "multiValueHeaders": {"Access-Control-Allow-Origin": ["https://a.example", "https://b.example"]}}
