import json

from cors import cors_headers
from report_store import create_report, find_report


def handler(event, context):
    headers = cors_headers(event)
    try:
        month = json.loads(event.get("body") or "{}").get("month")
        if not month:
            return {
                "statusCode": 400,
                "headers": headers,
                "body": json.dumps({"message": "which month?"}),
            }
        existing = find_report(month)
        if existing:
            return {"statusCode": 200, "headers": headers, "body": json.dumps(existing)}
        report = create_report(month)
        return {"statusCode": 201, "headers": headers, "body": json.dumps(report)}
    except Exception as error:
        print(error)
        return {
            "statusCode": 500,
            "headers": headers,
            "body": json.dumps({"message": "the report failed"}),
        }
