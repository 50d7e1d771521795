/* The version number's one place. */
#ifndef ASTRO_VERSION_H
#define ASTRO_VERSION_H

#define ASTRO_VERSION "0.1.0"

#endif
