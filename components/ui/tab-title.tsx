type TabTitleProps = { parts: readonly (string | undefined)[] };

/** What the tab of the browser says: what the page shows, then where that is (WCAG 2.4.2). */
export const TabTitle = ({ parts }: TabTitleProps) => <title>{parts.filter(Boolean).join(" · ")}</title>;
