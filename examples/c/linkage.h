/* The demonstration's part on NHS IM1 linkage keys. */
#ifndef EXAMPLE_LINKAGE_H
#define EXAMPLE_LINKAGE_H

/* Imports a register of invented patients and gives their keys out, or says why not. */
void linkage_keys(void);

#endif
