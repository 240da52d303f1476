/* The demonstration's part on student-mobility enrolment. */
#ifndef EXAMPLE_ENROLLMENT_H
#define EXAMPLE_ENROLLMENT_H

/* Lets a student of another institution enrol, decides while she waits, and sends her result home. */
void enrollment_of_fenna(void);

#endif
