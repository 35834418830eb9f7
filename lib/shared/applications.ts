/** The applications whose accounts an organization can link, by the name that the API uses. */
export const applications = { zoom: "Zoom", teams: "Microsoft Teams" } as const;

export type ApplicationName = keyof typeof applications;

export const applicationNames = Object.keys(applications) as [ApplicationName, ...ApplicationName[]];
