/** What somebody may plant as the address to return to, so that signing in leads to a place of theirs (SSO-8). */
export const elsewhere: readonly string[] = [
  // Another host, said plainly or with the scheme left to the browser.
  "https://evil.example", "http://evil.example/", "HTTPS://EVIL.EXAMPLE", "//evil.example", "///evil.example", "////evil.example",
  "https:evil.example", "https:/evil.example", "http:///evil.example", "//evil.example/%2e%2e", "//user@evil.example", "//0x7f000001",
  // Backslashes are slashes to a browser.
  "/\\evil.example", "\\\\evil.example", "\\/evil.example", "/\\/evil.example", "/a\\..\\\\evil.example", "/./\\evil.example",
  // Dots that a parser takes out, leaving two slashes in front.
  "/.//evil.example", "/..//evil.example", "/%2e//evil.example", "/a/..//evil.example", "/././/evil.example", "/%2E%2e//evil.example",
  "/a/b/../..//evil.example", "/.%2e//evil.example", "/a/%2e%2e//evil.example", "/..///evil.example", "/.//evil.example?x=/orgs",
  // What a parser or a browser drops before it looks.
  "/\t/evil.example", "/\n/evil.example", "/\r/evil.example", "\t//evil.example", " //evil.example", "/ /evil.example", "\u0000//evil.example",
  "/\u2028/evil.example", "/\uff0fevil.example", "/\u3002evil.example",
  // Other schemes, and what is no path at all.
  "javascript:alert(1)", "JavaScript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
  "blob:https://evil.example/x", "evil.example", "@evil.example", ".evil.example", "?next=//evil.example", "#//evil.example", "",
];
