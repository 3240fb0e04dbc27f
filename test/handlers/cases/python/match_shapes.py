def handler(event, context):
    match event:
        case {"httpMethod": "OPTIONS"}:
            return {"statusCode": 204, "headers": {"Access-Control-Allow-Origin": "*"}}
        case {"queryStringParameters": {"way": "missing"}}:
            return {"statusCode": 404}
        case {"queryStringParameters": {"way": way}} if way != "boom":
            return {"statusCode": 200, "headers": {"Access-Control-Allow-Origin": "https://shop.example.com"}}
        case _:
            return {"statusCode": 500}
