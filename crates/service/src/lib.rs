//! One function per thing a person can do: authorise, load, compute, record.
