/* The demonstration's part on the SIF Student Record Exchange. */
#ifndef EXAMPLE_SIF_H
#define EXAMPLE_SIF_H

/* Asks for one student on behalf of two services, and shows side by side what each may see. */
void sif_records(void);

#endif
