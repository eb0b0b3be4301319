"""Questions about articles: what a reading page shows, which changes somebody has to know of."""
