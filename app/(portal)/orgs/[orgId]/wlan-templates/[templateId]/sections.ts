/** The cards of the page of a WLAN template. */
export const sections = [
  { id: "information", title: "Information", description: "How the template is called." },
  { id: "wlans", title: "WLANs", description: "The wireless networks of this template." },
  { id: "applied", title: "Applied to", description: "The sites whose access points send these WLANs." },
  { id: "exceptions", title: "Exceptions", description: "Where they do not, whatever is chosen above." },
  { id: "variables", title: "Variables", description: "What the WLANs of this template take from each site." },
] as const;
