// What somebody does on a page may change the counts beside the sidebar's entries: ask for them anew.
document.addEventListener("htmx:afterRequest", (event) => {
  const { successful, requestConfig } = event.detail;
  if (successful && requestConfig.verb !== "get") htmx.trigger("#badges", "badges-stale");
});
