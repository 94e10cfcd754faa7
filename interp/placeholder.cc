// Keeps the library buildable until its first file lands.
