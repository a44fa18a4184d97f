/** The variable that has the token: in the environment of later steps, and in the configuration of the Appcircle CLI. */
export const TOKEN_VARIABLE = 'AC_ACCESS_TOKEN';
