/** The page of whoever gives none: light or dark as the client likes it, readable without styles. */
export const DEFAULT_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Down for maintenance</title>
<style>
:root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5 }
body { max-width: 36rem; margin: 20vh auto; padding: 0 1.5rem }
</style>
</head>
<body>
<h1>Down for maintenance</h1>
<p>We are working on this site. Please try again in a few minutes.</p>
</body>
</html>
`;
