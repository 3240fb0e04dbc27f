/** Rules that the loop does not prove, each with the reason. A new rule has to be put here or get a case. */
export const leftOut: Readonly<Record<string, string>> = {
  "cors-headers-ignored": "Nothing is blocked: API Gateway replaces the handler's headers.",
  "cross-site-cookie-refused":
    "Nothing is blocked: the page reads the answer, and the cookie is not kept. The origin and the API of the loop are one site.",
  "development-origin-refused":
    "What a page meets is what an origin that is not allowed meets; the loop serves its pages at deployed origins.",
  "csrf-protection-absent":
    "Nothing is blocked, and the fix is half: the handler has to demand the token.",
  "fetched-redirect-leaves-origin":
    "The fault is fixed by hand, in the page and the handler, and the second origin is none of the application's (test/rules).",
  "function-url-options-method": "Lambda refuses the deployment; no browser ever meets it.",
  "get-request-with-body":
    "Nothing reaches a server: the browser throws, and the fault is fixed by hand (test/rules).",
  "integration-response-ignored": "Nothing is blocked: the mapping does nothing.",
  "load-balancer-answer-invalid":
    "The loop has no load balancer in front; what one does with an answer is decided in test/rules.",
  "mapping-value-unquoted": "API Gateway refuses the deployment; no browser ever meets it.",
  "max-age-beyond-browsers": "Nothing is blocked: browsers use their own maximum.",
  "max-age-out-of-range": "Nothing is blocked: browsers use their own maximum.",
  "request-path-not-served":
    "No fix: only people know which path is meant. What API Gateway answers is decided in test/gateway.",
  "request-refused-by-response":
    "What a page of it meets is what the rules about the answers themselves prove; its fixes are theirs.",
  "response-header-not-exposed":
    "Nothing is blocked: the page gets the answer, and reads null where the header is (test/rules).",
  "site-name-not-allowed":
    "What browsers do with an origin that a policy lacks is proved for `allow-origins-missing`.",
  "slash-redirects-request":
    "The frameworks that redirect are no part of the loop; what they answer is executed in test/handlers.",
  "upload-refused-by-bucket": "It has a loop of its own, with a bucket: uploads.proof.ts.",
};
