export const ORIGIN = "https://shop.example.com";

export const ALLOWED = [ORIGIN, "https://admin.example.com"];

export const defaults = {
  "Access-Control-Allow-Origin": ORIGIN,
  "Access-Control-Allow-Credentials": "true",
};
