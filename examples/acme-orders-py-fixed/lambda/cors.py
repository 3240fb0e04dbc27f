ALLOWED_ORIGINS = [
    "https://app.acmecorp.com",
    "https://qa.acmecorp.com",
    "https://qa2.acmecorp.com",
    "https://demo.acmecorp.com",
    "http://localhost:4200",
]


def cors_headers(event):
    """The CORS headers for the page that asks, if it is one of ours."""
    origin = (event.get("headers") or {}).get("origin")
    if origin not in ALLOWED_ORIGINS:
        return {"Vary": "Origin"}
    return {
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Allow-Credentials": "true",
        "Vary": "Origin",
    }
