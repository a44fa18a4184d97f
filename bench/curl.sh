# What a workflow author would run in place of the action, after the script on Appcircle's page "API Keys": curl makes the request
# and jq takes the token out of the answer. Added to that, as a workflow needs it: the mask, and the variable for the next steps.
set -e

answer=$(curl --location "$AUTH_ENDPOINT/auth/v1/api-key/token" \
  --header 'Content-Type: application/x-www-form-urlencoded' \
  --data-urlencode "name=$API_KEY_NAME" \
  --data-urlencode "secret=$API_KEY_SECRET")
token=$(echo "$answer" | jq -r '.access_token')

echo "::add-mask::$token"
echo "AC_ACCESS_TOKEN=$token" >>"$GITHUB_ENV"
