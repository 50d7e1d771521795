// Go's net/http with the default client and a goroutine for each.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"sync"
	"time"
)

func get(url, token string) (deployment map[string]any, err error) {
	request, err := http.NewRequest("GET", url, nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+token)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return nil, err
	}
	err = json.Unmarshal(body, &deployment)
	return deployment, err
}

func fetch(prefix, token string, count int) float64 {
	start := time.Now()
	var group sync.WaitGroup
	for i := 1; i <= count; i++ {
		group.Add(1)
		go func(url string) {
			defer group.Done()
			deployment, err := get(url, token)
			if err != nil || deployment["status"] != "HEALTHY" {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
		}(prefix + "cmbench" + strconv.Itoa(i))
	}
	group.Wait()
	return time.Since(start).Seconds()
}

func main() {
	count, _ := strconv.Atoi(os.Args[4])
	os.Setenv("SSL_CERT_FILE", os.Args[2])
	cold := fetch(os.Args[1], os.Args[3], count)
	fmt.Println(cold, fetch(os.Args[1], os.Args[3], count))
}
