/* Plays the learner's part against the sandbox. A host has nothing like it: real learners use their phones. */
#ifndef EXAMPLE_LEARNER_H
#define EXAMPLE_LEARNER_H

/* Sends a request to the sandbox at `address` ("http://127.0.0.1:PORT"). Returns the HTTP status, or 0. */
int learner_post(const char *address, const char *path, const char *json);

#endif
