/* The demonstration's part on the Learning Records Service. */
#ifndef EXAMPLE_LRS_H
#define EXAMPLE_LRS_H

/* Finds learners, confirms who they are, and prints what they have learnt. */
void lrs_match_and_fetch(void);

/* Offers the match register to other programs over HTTP, and asks it as one of them. */
void lrs_listen(void);

#endif
