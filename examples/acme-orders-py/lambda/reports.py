import json

from report_store import create_report, find_report

CORS_HEADERS = {
    "Access-Control-Allow-Origin": "https://app.acmecorp.com",
    "Access-Control-Allow-Credentials": "true",
}


def handler(event, context):
    try:
        month = json.loads(event.get("body") or "{}").get("month")
        if not month:
            return {"statusCode": 400, "body": json.dumps({"message": "which month?"})}
        existing = find_report(month)
        if existing:
            return {"statusCode": 200, "body": json.dumps(existing)}
        report = create_report(month)
        return {"statusCode": 201, "headers": CORS_HEADERS, "body": json.dumps(report)}
    except Exception as error:
        print(error)
        return {"statusCode": 500, "body": json.dumps({"message": "the report failed"})}
