/** Return targets that must not lead to another origin. */
export const openRedirectPayloads: readonly string[] = [
  // Another host, absolute or protocol-relative.
  "https://evil.example", "http://evil.example/", "HTTPS://EVIL.EXAMPLE", "//evil.example", "///evil.example", "////evil.example",
  "https:evil.example", "https:/evil.example", "http:///evil.example", "//evil.example/%2e%2e", "//user@evil.example", "//0x7f000001",
  // Browsers treat backslashes as slashes.
  "/\\evil.example", "\\\\evil.example", "\\/evil.example", "/\\/evil.example", "/a\\..\\\\evil.example", "/./\\evil.example",
  // Dot segments whose removal leaves two leading slashes.
  "/.//evil.example", "/..//evil.example", "/%2e//evil.example", "/a/..//evil.example", "/././/evil.example", "/%2E%2e//evil.example",
  "/a/b/../..//evil.example", "/.%2e//evil.example", "/a/%2e%2e//evil.example", "/..///evil.example", "/.//evil.example?x=/orgs",
  // Characters that a parser or browser removes first.
  "/\t/evil.example", "/\n/evil.example", "/\r/evil.example", "\t//evil.example", " //evil.example", "/ /evil.example", "\u0000//evil.example",
  "/\u2028/evil.example", "/\uff0fevil.example", "/\u3002evil.example",
  // Other schemes and non-paths.
  "javascript:alert(1)", "JavaScript:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
  "blob:https://evil.example/x", "evil.example", "@evil.example", ".evil.example", "?next=//evil.example", "#//evil.example", "",
];
