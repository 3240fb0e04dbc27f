ORIGIN = "https://shop.example.com"

ALLOWED = [ORIGIN, "https://admin.example.com"]

DEFAULTS = {
    "Access-Control-Allow-Origin": ORIGIN,
    "Access-Control-Allow-Credentials": "true",
}
