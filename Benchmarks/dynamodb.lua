-- wrk script: one DynamoDB operation over and over, keys spread over the seeded items.
-- Arguments after `--`: GetItem or PutItem, and the number of items.
local operation, items
local request_id = 0

function init(args)
    operation = args[1]
    items = tonumber(args[2])
    wrk.method = "POST"
    wrk.headers["X-Amz-Target"] = "DynamoDB_20120810." .. operation
    wrk.headers["Content-Type"] = "application/x-amz-json-1.0"
    wrk.headers["Authorization"] = "AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0"
end

function request()
    request_id = (request_id * 1103515245 + 12345) % 2147483648
    local key = "user#" .. (request_id % items)
    local body
    if operation == "GetItem" then
        body = '{"TableName":"bench","Key":{"pk":{"S":"' .. key .. '"}}}'
    else
        body = '{"TableName":"bench","Item":{"pk":{"S":"' .. key .. '"},"name":{"S":"' .. string.rep("n", 120)
            .. '"},"count":{"N":"' .. request_id .. '"},"tags":{"L":[{"S":"alpha"},{"S":"beta"},{"BOOL":true}]}}}'
    end
    return wrk.format(nil, "/", nil, body)
end
