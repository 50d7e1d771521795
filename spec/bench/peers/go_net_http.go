// Go's net/http with the default client, as Astronomer's own command line uses it.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
)

func get(url, token string) (deployment map[string]any, err error) {
	request, err := http.NewRequest("GET", url, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Accept", "application/json")
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != 200 {
		return nil, fmt.Errorf("%s", answer.Status)
	}
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	err = json.Unmarshal(body, &deployment)
	return deployment, err
}

func main() {
	url, ca, token := os.Args[1], os.Args[2], os.Args[3]
	count, _ := strconv.Atoi(os.Args[4])
	if ca != "" {
		os.Setenv("SSL_CERT_FILE", ca)
	}
	var deployment map[string]any
	for i := 0; i < count; i++ {
		var err error
		if deployment, err = get(url, token); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
	fmt.Println(deployment["status"])
}
