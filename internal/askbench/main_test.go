package main

import (
	"testing"

	"github.com/entente-graph/entente/internal/testrun"
)

func TestMain(m *testing.M) { testrun.Main(m) }
