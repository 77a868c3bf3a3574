"""Programs for those who keep the portal: catalogues, vendored files, fonts."""
