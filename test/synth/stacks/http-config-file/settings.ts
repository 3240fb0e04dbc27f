export type Environment = "staging" | "production";

interface Settings {
  readonly cors: { readonly origins: string[]; readonly headers: string[]; readonly credentials: boolean };
}

const headers = ["Content-Type"];

export const settings: Record<Environment, Settings> = {
  staging: { cors: { origins: ["http://localhost:3000"], headers, credentials: false } },
  production: { cors: { origins: ["https://app.example.com"], headers: [...headers, "Authorization"], credentials: true } },
};
