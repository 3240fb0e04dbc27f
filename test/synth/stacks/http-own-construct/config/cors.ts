const base = ["Content-Type", "Authorization"];

export const allowedHeaders = base.concat(["X-Csrf-Token"]);
